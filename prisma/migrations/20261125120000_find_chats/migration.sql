-- AlterTable
ALTER TABLE "chat" ADD COLUMN     "deleted_by_id" UUID;

-- AlterTable
ALTER TABLE "chat_member" ADD COLUMN     "pinned_at" TIMESTAMPTZ(3);

-- AddForeignKey
ALTER TABLE "chat" ADD CONSTRAINT "chat_deleted_by_id_fkey" FOREIGN KEY ("deleted_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- By hand: what Prisma's schema cannot say.
ALTER TABLE "chat" ADD CONSTRAINT "chat_deleter_has_instant" CHECK ("deleted_by_id" IS NULL OR "deleted_at" IS NOT NULL);

CREATE INDEX "chat_member_pinned" ON "chat_member"("user_id", "workspace_id") WHERE "pinned_at" IS NOT NULL;

-- What a message says, without reasoning and tools.
CREATE FUNCTION "message_text"("parts" JSONB) RETURNS TEXT
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT string_agg(part.value ->> 'text', E'\n' ORDER BY part.ordinality)
    FROM jsonb_array_elements("parts") WITH ORDINALITY AS part
   WHERE part.value ->> 'type' = 'text'
);

-- The words of a message, and its workspace as one more word, so that a search reads the index entries of one tenant only.
-- Marks become blanks first, since PostgreSQL takes addresses and paths for one word. In scripts without blanks between
-- words each character is a word. Of a very long text the beginning: a tsvector holds 1 MB.
CREATE FUNCTION "message_words"("workspace_id" UUID, "parts" JSONB) RETURNS TSVECTOR
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(ARRAY['workspace-' || "workspace_id"::text]) || to_tsvector(
  'simple'::regconfig,
  regexp_replace(
    regexp_replace(
      left("message_text"("parts"), 100000),
      '[!-/:-@[-`{-~\u00ab\u00bb\u2010-\u205e\u3000-\u303f\uff01-\uff0f]+',
      ' ',
      'g'
    ),
    '([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])',
    ' \1 ',
    'g'
  )
);

CREATE INDEX "message_words" ON "message" USING gin ("message_words"("workspace_id", "parts")) WHERE "deleted_at" IS NULL;
-- Its statistics would tell the planner nothing that it needs, and cost every ANALYZE half a minute.
ALTER INDEX "message_words" ALTER COLUMN 1 SET STATISTICS 0;
