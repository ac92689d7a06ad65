import * as texts from './demo-texts.ts';

/** One piece of a demo answer. */
export type DemoPiece =
  | { kind: 'reasoning' | 'text'; text: string }
  | { kind: 'tool'; toolName: string; input: Record<string, string> }
  | { kind: 'breakdown' };

/** What the words of a question ask the demo model for. */
export type DemoWishes = { slowly: boolean; long: boolean; think: boolean; useTools: boolean; fail: boolean };

export type DemoQuestion = {
  wishes: DemoWishes;
  /** what came with it */
  files: readonly { name: string; mediaType: string }[];
  /** results of the tools called since the question, oldest first */
  toolResults: { toolName: string; output: string }[];
};

const longAnswerWords = 1_500;

/** Read the wishes out of the last message of the person. */
export function readWishes(message: string): DemoWishes {
  return {
    slowly: /\bslow(?:ly)?\b/i.test(message),
    long: /\blong\b/i.test(message),
    think: /\bthink\b/i.test(message),
    useTools: /\buse (?:the |some |your )?tools?\b/i.test(message),
    fail: /\bfail\b/i.test(message),
  };
}

/** The pieces of the next step; the same for the same question. */
export function demoStep({ wishes, files, toolResults }: DemoQuestion): DemoPiece[] {
  const step = toolResults.length;
  const thoughts = step === 0 ? openingPieces(wishes, files) : [];
  if (wishes.fail) return [...thoughts, { kind: 'text', text: texts.failure }, { kind: 'breakdown' }];
  if (!wishes.useTools) return [...thoughts, { kind: 'text', text: wishes.long ? longAnswer() : texts.greeting }];
  if (step === 0) return [...thoughts, ...toolStep(texts.clockIntroduction, 'currentTime', { timeZone: 'UTC' })];
  if (step === 1) return toolStep(texts.sumIntroduction, 'calculate', { expression: '(0.1 + 0.2) * 140' });
  return [{ kind: 'text', text: conclusion(toolResults) + (wishes.long ? `\n${longAnswer()}` : '') }];
}

function openingPieces({ think }: DemoWishes, files: DemoQuestion['files']): DemoPiece[] {
  const received = files.map(({ name, mediaType }) => `- \`${name.replaceAll('`', "'")}\` (${mediaType})`);
  return [
    ...(think ? [{ kind: 'reasoning', text: texts.thoughts } as const] : []),
    ...(files.length > 0 ? [{ kind: 'text', text: `${texts.filesIntroduction}\n${received.join('\n')}\n` } as const] : []),
  ];
}

function toolStep(introduction: string, toolName: string, input: Record<string, string>): DemoPiece[] {
  return [
    { kind: 'text', text: introduction },
    { kind: 'tool', toolName, input },
  ];
}

function conclusion(toolResults: DemoQuestion['toolResults']): string {
  const findings = toolResults.map(({ toolName, output }) => `- \`${toolName}\` answered \`${output}\``);
  return `${texts.toolsConclusion}\n${findings.join('\n')}\n`;
}

function longAnswer(): string {
  const chapters = [texts.longOpening];
  for (let words = 0, number = 1; words < longAnswerWords; number += 1) {
    const paragraph = texts.longParagraphs[(number - 1) % texts.longParagraphs.length]!;
    chapters.push(`## ${number}\n\n${paragraph}\n`);
    words += paragraph.split(/\s+/).length;
  }
  return [...chapters, texts.longEnding].join('\n');
}
