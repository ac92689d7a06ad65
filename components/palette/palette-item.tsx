import { Check } from 'lucide-react';
import { Command as Cmdk } from 'cmdk';
import type { ReactNode } from 'react';
import { KeyHint } from '#components/shortcuts/key-hint';
import { useSay } from '#components/words/words-context';
import type { Command, CommandGroup } from './command.ts';

const itemClass =
  'flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-3 py-2 outline-none select-none ' +
  'inset-ring-border-strong data-[selected=true]:bg-muted data-[selected=true]:inset-ring';

/** A line that can be chosen. @param value tells it from the others */
export function PaletteItem({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Cmdk.Item className={itemClass} onSelect={onSelect} value={value}>
      {children}
    </Cmdk.Item>
  );
}

const groupClass =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 ' +
  '[&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted-foreground';

export function PaletteGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Cmdk.Group className={groupClass} heading={title}>
      {children}
    </Cmdk.Group>
  );
}

export type CommandGroupViewProps = { group: CommandGroup; onRun: (command: Command) => void };

export function CommandGroupView({ group: { title, commands }, onRun }: CommandGroupViewProps) {
  const say = useSay();
  return (
    <PaletteGroup title={title}>
      {commands.map((command) => (
        <PaletteItem key={command.id} onSelect={() => onRun(command)} value={`${title}:${command.id}`}>
          <command.icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <span className="min-w-0 truncate">{command.label}</span>
          {command.hint !== undefined && <span className="text-xs text-muted-foreground">{command.hint}</span>}
          {command.isChosen === true && (
            <>
              <Check aria-hidden className="ms-auto size-4 shrink-0" />
              <span className="sr-only">{say('palette.chosen')}</span>
            </>
          )}
          {command.shortcut && <KeyHint className="ms-auto pointer-coarse:hidden" name={command.shortcut} />}
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}
