-- CreateEnum
CREATE TYPE "run_attempt_end" AS ENUM ('settled', 'released', 'cut_off', 'worker_died', 'lease_expired', 'process_fault');

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "released_at" TIMESTAMPTZ(3),
ADD COLUMN     "tools_acted" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "run_attempt" (
    "run_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" "run_attempt_end",

    CONSTRAINT "run_attempt_pkey" PRIMARY KEY ("run_id","epoch")
);

-- CreateTable
CREATE TABLE "run_model_call" (
    "run_id" UUID NOT NULL,
    "step_number" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "last_seq" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "finish_reason" JSONB NOT NULL,
    "usage" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_model_call_pkey" PRIMARY KEY ("run_id","step_number")
);

-- CreateTable
CREATE TABLE "run_tool_call" (
    "run_id" UUID NOT NULL,
    "step_number" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "tool_call_id" TEXT NOT NULL,
    "tool_name" TEXT NOT NULL,
    "idempotent" BOOLEAN NOT NULL,
    "start_id" UUID NOT NULL,
    "starts" INTEGER NOT NULL DEFAULT 1,
    "outcome" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_tool_call_pkey" PRIMARY KEY ("run_id","step_number","ordinal")
);

-- AddForeignKey
ALTER TABLE "run_attempt" ADD CONSTRAINT "run_attempt_workspace_id_run_id_fkey" FOREIGN KEY ("workspace_id", "run_id") REFERENCES "run"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_model_call" ADD CONSTRAINT "run_model_call_workspace_id_run_id_fkey" FOREIGN KEY ("workspace_id", "run_id") REFERENCES "run"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_tool_call" ADD CONSTRAINT "run_tool_call_workspace_id_run_id_fkey" FOREIGN KEY ("workspace_id", "run_id") REFERENCES "run"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what Prisma's schema cannot say.
ALTER TABLE "run_attempt" ADD CONSTRAINT "run_attempt_end_has_reason" CHECK (("ended_at" IS NULL) = ("end_reason" IS NULL));
ALTER TABLE "run_attempt" ADD CONSTRAINT "run_attempt_counters" CHECK ("epoch" >= 1 AND "last_seq" >= 0);
ALTER TABLE "run_model_call" ADD CONSTRAINT "run_model_call_counters" CHECK ("step_number" >= 1 AND "epoch" >= 1 AND "last_seq" >= 0);
ALTER TABLE "run_model_call" ADD CONSTRAINT "run_model_call_size" CHECK (octet_length("content"::text) <= 16777216);
ALTER TABLE "run_tool_call" ADD CONSTRAINT "run_tool_call_counters" CHECK ("step_number" >= 1 AND "ordinal" >= 1 AND "epoch" >= 1 AND "starts" >= 1);
ALTER TABLE "run_tool_call" ADD CONSTRAINT "run_tool_call_starts_once" CHECK ("idempotent" OR "starts" = 1);
ALTER TABLE "run_tool_call" ADD CONSTRAINT "run_tool_call_end_has_outcome" CHECK (("finished_at" IS NULL) = ("outcome" IS NULL));
