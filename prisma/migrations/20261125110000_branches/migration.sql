-- AlterTable
ALTER TABLE "chat" ADD COLUMN     "branch_revision" INTEGER NOT NULL DEFAULT 0;
