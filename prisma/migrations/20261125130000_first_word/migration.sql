-- AlterTable
ALTER TABLE "run" ADD COLUMN "first_word_at" TIMESTAMPTZ(3);
