'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useTRPC } from '#components/api/api-context.ts';
import { Button } from '#components/ui/button';
import { Menu, MenuChoices } from '#components/ui/menu';
import { useSay } from '#components/words/words-context';
import { useChosenModel } from './use-chosen-model.ts';

/** Which model answers the next message. */
export function ModelPicker() {
  const say = useSay();
  const { data } = useQuery(useTRPC().model.list.queryOptions());
  const models = data?.items ?? [];
  const [chosenId, choose] = useChosenModel(models);
  const chosen = models.find(({ id }) => id === chosenId);
  if (!chosen) return null;
  return (
    <Menu
      align="start"
      side="top"
      trigger={
        <Button className="min-w-0 shrink" size="small" variant="quiet">
          <span className="sr-only">{say('composer.model')}</span>
          <span className="truncate">{chosen.label}</span>
          {chosen.isDemo && <span className="rounded bg-muted px-1.5 py-px text-xs">{say('composer.builtIn')}</span>}
          <ChevronDown aria-hidden className="size-3.5 shrink-0" />
        </Button>
      }
    >
      <MenuChoices
        choices={models.map(({ id, label, provider }) => ({ value: id, label, hint: provider }))}
        onChange={choose}
        value={chosen.id}
      />
    </Menu>
  );
}
