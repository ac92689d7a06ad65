-- AlterTable
ALTER TABLE "message" ADD COLUMN     "queue_held_at" TIMESTAMPTZ(3),
ADD COLUMN     "queue_interrupted_at" TIMESTAMPTZ(3),
ADD COLUMN     "queue_position" INTEGER,
ADD COLUMN     "queued_run" JSONB;

-- CreateIndex
CREATE UNIQUE INDEX "message_queue" ON "message"("chat_id", "queue_position") WHERE (status = 'queued' AND deleted_at IS NULL);

-- By hand: what Prisma's schema cannot say.
ALTER TABLE "message" ADD CONSTRAINT "message_queued_has_position" CHECK (("status" = 'queued') = ("queue_position" IS NOT NULL));
ALTER TABLE "message" ADD CONSTRAINT "message_queued_has_run" CHECK (("status" = 'queued') = ("queued_run" IS NOT NULL));
ALTER TABLE "message" ADD CONSTRAINT "message_queued_is_held" CHECK ("queue_held_at" IS NULL OR "status" = 'queued');
ALTER TABLE "message" ADD CONSTRAINT "message_queued_interrupts" CHECK ("queue_interrupted_at" IS NULL OR "status" = 'queued');
