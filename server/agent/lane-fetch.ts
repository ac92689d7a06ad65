/** A provider's event stream on its way to the provider package: text goes ahead, and follows in company. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { type DeltaFrame, readFrame } from './delta-frame.ts';
import type { DeltaLane, LaneCall } from './delta-lane.ts';

/** As many characters of text as the provider package may lag behind. */
const maxCompany = 8_192;

/** `fetch` for one answer's model calls. @param fetchNow for tests */
export function createLaneFetch(lane: DeltaLane, fetchNow: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const response = await fetchNow(input, init);
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (!response.ok || response.body === null || !isStream) return response;
    const { status, statusText, headers } = response;
    return new Response(divert(response.body, lane.begin()), { status, statusText, headers });
  };
}

function divert(body: ReadableStream<Uint8Array>, call: LaneCall): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const company = createCompany();
  let ready = '';
  const parser = createParser({
    onEvent: (event) => {
      ready += sort(event, call, company);
    },
  });
  return new ReadableStream<Uint8Array>(
    {
      /** Until there is something for the provider package. */
      async pull(controller) {
        for (;;) {
          const { done, value } = await reader.read();
          if (value !== undefined) parser.feed(decoder.decode(value, { stream: true }));
          if (done) ready += company.leave();
          if (ready !== '') controller.enqueue(encoder.encode(ready));
          if (done) return controller.close();
          if (ready === '') continue;
          ready = '';
          return;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
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
