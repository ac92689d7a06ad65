-- CreateTable
CREATE TABLE "prompt" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "prompt_user_id_idx" ON "prompt"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_workspace_id_user_id_name_key" ON "prompt"("workspace_id", "user_id", "name");

-- AddForeignKey
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here on.

ALTER TABLE "prompt" ADD CONSTRAINT "prompt_not_empty" CHECK ("name" <> '' AND "text" <> '');
