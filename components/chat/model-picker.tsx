'use client';

import { ChevronDown } from 'lucide-react';
import { use } from 'react';
import { Button, type ButtonProps } from '#components/ui/button';
import { Menu, MenuChoices } from '#components/ui/menu';
import { useSay } from '#components/words/words-context';
import { ShellContext } from './shell-context.ts';
import { useModels } from './use-models.ts';

/** More than these are looked for, not looked through. */
const menuLength = 8;

/** Which model answers the next message. */
export function ModelPicker() {
  const { openPalette } = use(ShellContext);
  const { models, chosen, choose } = useModels();
  if (!chosen) return null;
  if (models.length > menuLength) {
    return <ModelButton aria-haspopup="dialog" model={chosen} onClick={() => openPalette('model')} />;
  }
  return (
    <Menu align="start" side="top" trigger={<ModelButton model={chosen} />}>
      <MenuChoices
        choices={models.map(({ id, label, provider }) => ({ value: id, label, hint: provider }))}
        onChange={choose}
        value={chosen.id}
      />
    </Menu>
  );
}

function ModelButton({ model, ...rest }: ButtonProps & { model: { label: string; isDemo: boolean } }) {
  const say = useSay();
  return (
    <Button className="min-w-0 shrink" size="small" variant="quiet" {...rest}>
      <span className="sr-only">{say('composer.model')}</span>
      <span className="truncate">{model.label}</span>
      {model.isDemo && <span className="rounded bg-muted px-1.5 py-px text-xs max-sm:hidden">{say('composer.builtIn')}</span>}
      <ChevronDown aria-hidden className="size-3.5 shrink-0" />
    </Button>
  );
}
