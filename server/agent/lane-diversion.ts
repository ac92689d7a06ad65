/** What becomes of a provider's events on their way to the provider package: text goes ahead, and follows in company. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { type DeltaFrame, readFrame } from './delta-frame.ts';
import type { LaneCall } from './delta-lane.ts';

/** As many characters of text as the provider package may lag behind. */
const maxCompany = 8_192;

export type Diversion = {
  /** The next bytes of an event stream, cut anywhere. Returns what the provider package is to get now, perhaps nothing. */
  feed(bytes: Uint8Array): string;
  /** The stream has ended: returns what is left. */
  end(): string;
};

export function createDiversion(call: LaneCall): Diversion {
  const decoder = new TextDecoder();
  const company = createCompany();
  let ready = '';
  const parser = createParser({
    onEvent: (event) => {
      ready += sort(event, call, company);
    },
  });
  const takeReady = () => {
    const due = ready;
    ready = '';
    return due;
  };
  return {
    feed(bytes) {
      parser.feed(decoder.decode(bytes, { stream: true }));
      return takeReady();
    },
    end: () => takeReady() + company.leave(),
  };
}

/** What the provider package is to get now. */
function sort(event: EventSourceMessage, call: LaneCall, company: Company): string {
  const frame = readFrame(event.data);
  if (frame === 'silent') call.pause();
  else if (frame === 'unclear') call.close();
  else if (call.offer(frame.kind, frame.text)) return company.join(event, frame);
  return company.leave() + format(event, event.data);
}

type Company = {
  /** Text that was said ahead; returns what is due. */
  join(event: EventSourceMessage, frame: DeltaFrame): string;
  /** All that has joined, as one event. */
  leave(): string;
};

function createCompany(): Company {
  let last: { event: EventSourceMessage; frame: DeltaFrame } | null = null;
  let text = '';
  const leave = () => {
    if (last === null) return '';
    const merged = format(last.event, last.frame.saying(text));
    [last, text] = [null, ''];
    return merged;
  };
  return {
    join(event, frame) {
      last = { event, frame };
      text += frame.text;
      return text.length < maxCompany ? '' : leave();
    },
    leave,
  };
}

function format({ event, id }: EventSourceMessage, data: string): string {
  const name = event === undefined ? '' : `event: ${event}\n`;
  return `${id === undefined ? '' : `id: ${id}\n`}${name}data: ${data.replaceAll('\n', '\ndata: ')}\n\n`;
}
