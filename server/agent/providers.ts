import { createAnthropic } from '@ai-sdk/anthropic';
import { createGateway } from '@ai-sdk/gateway';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { withOptionalTools } from './optional-tools.ts';

/** The part of the environment that says which models there are. */
export type ModelsEnv = {
  OPENAI_COMPATIBLE_BASE_URL?: string | undefined;
  OPENAI_COMPATIBLE_API_KEY?: string | undefined;
  OPENAI_API_KEY?: string | undefined;
  ANTHROPIC_API_KEY?: string | undefined;
  GOOGLE_GENERATIVE_AI_API_KEY?: string | undefined;
  AI_GATEWAY_API_KEY?: string | undefined;
  /** "provider:model", the first is the default */
  CHAT_MODELS?: readonly string[] | undefined;
};

export type Provider = {
  /** the part of a model's id before the first colon */
  id: string;
  /** model ids and what people call them; empty where the provider itself is asked */
  known: Readonly<Record<string, string>>;
  /** the provider's model of that name; no request is made */
  create: (modelId: string, fetch?: ProviderFetch) => LanguageModelV4;
};

export type ProviderFetch = typeof fetch;

export const compatibleProviderId = 'openai-compatible';

const openaiModels = { 'gpt-6.1-sol': 'GPT-6.1 Sol', 'gpt-6.1-terra': 'GPT-6.1 Terra', 'gpt-6-luna': 'GPT-6 Luna' };
const anthropicModels = {
  'claude-sonnet-5-5': 'Claude Sonnet 5.5',
  'claude-opus-5-5': 'Claude Opus 5.5',
  'claude-haiku-5-5': 'Claude Haiku 5.5',
};
const googleModels = { 'gemini-flash-latest': 'Gemini Flash', 'gemini-pro-latest': 'Gemini Pro' };
const gatewayModels = {
  'anthropic/claude-sonnet-5.5': 'Claude Sonnet 5.5',
  'openai/gpt-6.1-sol': 'GPT-6.1 Sol',
  'google/gemini-3.8-flash': 'Gemini 3.8 Flash',
};

/** The providers that are configured, in the order of the picker. */
export function configuredProviders(env: ModelsEnv): Provider[] {
  return [compatible(env), openai(env), anthropic(env), google(env), gateway(env)].filter(
    (provider) => provider !== undefined,
  );
}

/** Keys in use. They must not show up in what operators read. */
export function secretsOf(env: ModelsEnv): string[] {
  const { OPENAI_COMPATIBLE_API_KEY, OPENAI_API_KEY, ANTHROPIC_API_KEY } = env;
  const { GOOGLE_GENERATIVE_AI_API_KEY, AI_GATEWAY_API_KEY } = env;
  return [
    OPENAI_COMPATIBLE_API_KEY,
    OPENAI_API_KEY,
    ANTHROPIC_API_KEY,
    GOOGLE_GENERATIVE_AI_API_KEY,
    AI_GATEWAY_API_KEY,
  ].filter((key) => key !== undefined);
}

function compatible(env: ModelsEnv): Provider | undefined {
  if (env.OPENAI_COMPATIBLE_BASE_URL === undefined) return undefined;
  const settings = {
    name: compatibleProviderId,
    baseURL: env.OPENAI_COMPATIBLE_BASE_URL,
    apiKey: env.OPENAI_COMPATIBLE_API_KEY,
    // Without it these servers report no tokens for a streamed answer.
    includeUsage: true,
  };
  const withoutTools = new Set<string>();
  return {
    id: compatibleProviderId,
    known: {},
    create: (modelId, fetch) => withOptionalTools(createOpenAICompatible({ ...settings, fetch })(modelId), withoutTools),
  };
}

function openai({ OPENAI_API_KEY: apiKey }: ModelsEnv): Provider | undefined {
  if (apiKey === undefined) return undefined;
  return { id: 'openai', known: openaiModels, create: (id, fetch) => createOpenAI({ apiKey, fetch })(id) };
}

function anthropic({ ANTHROPIC_API_KEY: apiKey }: ModelsEnv): Provider | undefined {
  if (apiKey === undefined) return undefined;
  return { id: 'anthropic', known: anthropicModels, create: (id, fetch) => createAnthropic({ apiKey, fetch })(id) };
}

function google({ GOOGLE_GENERATIVE_AI_API_KEY: apiKey }: ModelsEnv): Provider | undefined {
  if (apiKey === undefined) return undefined;
  return { id: 'google', known: googleModels, create: (id, fetch) => createGoogle({ apiKey, fetch })(id) };
}

function gateway({ AI_GATEWAY_API_KEY: apiKey }: ModelsEnv): Provider | undefined {
  if (apiKey === undefined) return undefined;
  return { id: 'gateway', known: gatewayModels, create: (id, fetch) => createGateway({ apiKey, fetch })(id) };
}
