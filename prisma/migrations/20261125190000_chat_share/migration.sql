-- CreateTable
CREATE TABLE "chat_share" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "chat_share_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "chat_share_token_key" ON "chat_share"("token");

-- CreateIndex
CREATE UNIQUE INDEX "chat_share_one_per_chat" ON "chat_share"("chat_id") WHERE (revoked_at IS NULL);

-- AddForeignKey
ALTER TABLE "chat_share" ADD CONSTRAINT "chat_share_workspace_id_chat_id_fkey" FOREIGN KEY ("workspace_id", "chat_id") REFERENCES "chat"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_share" ADD CONSTRAINT "chat_share_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- By hand: what Prisma's schema cannot say.
ALTER TABLE "chat_share" ADD CONSTRAINT "chat_share_token_length" CHECK (length("token") >= 32);
