'use client';

import { Dialog } from '#components/ui/dialog';
import { useSay } from '#components/words/words-context';
import { KeyHint } from './key-hint.tsx';
import { usePlainKeys } from './plain-keys.ts';
import { keysOf, type ShortcutName, shortcuts } from './shortcuts.ts';
import { useIsMac } from './use-is-mac.ts';

const names = Object.keys(shortcuts) as ShortcutName[];

/** Which keys do what. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const isMac = useIsMac();
  const [arePlainKeysOn, switchPlainKeys] = usePlainKeys();
  return (
    <Dialog onClose={onClose} title={say('shortcuts.title')}>
      <dl className="mt-4 divide-y divide-border text-sm">
        {names.map((name) => (
          <div className="flex items-center justify-between gap-4 py-2" key={name}>
            <dt>{say(`shortcuts.${name}`)}</dt>
            <dd>
              <span className="sr-only">{keysOf(shortcuts[name], isMac).join(' ')}</span>
              <KeyHint name={name} />
            </dd>
          </div>
        ))}
      </dl>
      <label className="mt-4 flex cursor-pointer items-center gap-3 text-sm">
        <input
          checked={arePlainKeysOn}
          className="size-4 accent-primary"
          onChange={(event) => switchPlainKeys(event.target.checked)}
          type="checkbox"
        />
        {say('shortcuts.plain')}
      </label>
    </Dialog>
  );
}
