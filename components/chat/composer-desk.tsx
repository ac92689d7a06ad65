'use client';

import { useEffect, useState } from 'react';
import { SlashPrompts } from '#components/prompts/slash-prompts';
import { AttachmentGrid } from './attachment-grid.tsx';
import type { DraftChange, DraftState } from './draft-state.ts';
import { FileIntake } from './file-intake.tsx';
import { messageBoxId } from './message-box.ts';
import { PictureViewer } from './picture-viewer.tsx';
import { Uploads } from './uploads.ts';

export type ComposerDeskProps = {
  draft: DraftState;
  change: (change: DraftChange) => void;
  /** the system's dialog was asked for before this was there */
  choosesAtOnce: boolean;
};

/** What the message box can do beside text, and the first screen does without. Stands over the box. */
export function ComposerDesk({ draft, change, choosesAtOnce }: ComposerDeskProps) {
  const [uploads] = useState(() => new Uploads(change));
  useEffect(() => uploads.follow(draft), [draft, uploads]);
  useEffect(() => () => uploads.close(), [uploads]);
  return (
    <>
      <SlashPrompts boxId={messageBoxId} onText={(text) => change({ type: 'typed', text })} text={draft.text} />
      <AttachmentGrid attachments={draft.attachments} change={change} uploads={uploads} />
      <FileIntake choosesAtOnce={choosesAtOnce} uploads={uploads} />
      <PictureViewer />
    </>
  );
}
