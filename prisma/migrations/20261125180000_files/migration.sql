-- CreateTable
CREATE TABLE "file" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "created_by_id" UUID,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "byte_size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_file" (
    "chat_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chat_file_pkey" PRIMARY KEY ("chat_id","file_id")
);

-- CreateIndex
CREATE INDEX "file_created_by_id_created_at_idx" ON "file"("created_by_id", "created_at");

-- CreateIndex
CREATE INDEX "file_created_at_idx" ON "file"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "file_workspace_id_id_key" ON "file"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "chat_file_file_id_idx" ON "chat_file"("file_id");

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_file" ADD CONSTRAINT "chat_file_workspace_id_chat_id_fkey" FOREIGN KEY ("workspace_id", "chat_id") REFERENCES "chat"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_file" ADD CONSTRAINT "chat_file_workspace_id_file_id_fkey" FOREIGN KEY ("workspace_id", "file_id") REFERENCES "file"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- By hand from here on.

-- Pictures and PDFs are compressed already.
ALTER TABLE "file" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "file" ADD CONSTRAINT "file_size" CHECK ("byte_size" = octet_length("bytes") AND "byte_size" BETWEEN 1 AND 10485760);
-- A workspace goes with its chats and its files, and they move to another, in whatever order.
ALTER TABLE "chat_file" ALTER CONSTRAINT "chat_file_workspace_id_file_id_fkey" DEFERRABLE INITIALLY DEFERRED;
