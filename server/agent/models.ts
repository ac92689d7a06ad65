import { type LanguageModelV4, NoSuchModelError } from '@ai-sdk/provider';
import { createDemoModel, demoModelId } from './demo-model.ts';
import { createModelList } from './model-list.ts';
import { compatibleProviderId, configuredProviders, type ModelsEnv, type Provider, type ProviderFetch, secretsOf } from './providers.ts';

export type ModelInfo = {
  /** "provider:model"; the model's own name may hold colons too */
  id: string;
  /** what people call it */
  label: string;
  provider: string;
  isDemo: boolean;
};

export type Models = {
  /**
   * What the picker shows, the default first: CHAT_MODELS as far as their providers are configured, or all found.
   * Never rejects and never waits longer than 1.5 s.
   */
  list(): Promise<ModelInfo[]>;
  /**
   * @param fetch by which the model's provider is asked
   * @throws NoSuchModelError when no configured provider has that name
   */
  resolve(id: string, fetch?: ProviderFetch): LanguageModelV4;
  /** keys in use */
  secrets: readonly string[];
};

/** The models of this installation. Without any provider the demo model answers. */
export function createModels(env: ModelsEnv): Models {
  const providers = configuredProviders(env);
  const listCompatible =
    env.OPENAI_COMPATIBLE_BASE_URL === undefined
      ? async () => []
      : createModelList({ baseUrl: env.OPENAI_COMPATIBLE_BASE_URL, apiKey: env.OPENAI_COMPATIBLE_API_KEY });

  return {
    secrets: secretsOf(env),
    async list() {
      if (env.CHAT_MODELS !== undefined) return env.CHAT_MODELS.flatMap((id) => describeModel(id, providers) ?? []);
      if (providers.length === 0) return [demoInfo];
      const compatibleIds = await listCompatible();
      return providers
        .flatMap(({ id, known }) => {
          const modelIds = id === compatibleProviderId ? compatibleIds : Object.keys(known);
          return modelIds.map((modelId) => `${id}:${modelId}`);
        })
        .flatMap((id) => describeModel(id, providers) ?? []);
    },
    resolve(id, fetch) {
      // Also beside real providers: a run accepted before they were configured must still be answered.
      if (id === demoModelId) return createDemoModel();
      const [providerId, modelId] = splitModelId(id);
      const provider = providers.find((candidate) => candidate.id === providerId);
      if (provider !== undefined && modelId !== '') return provider.create(modelId, fetch);
      throw new NoSuchModelError({ modelId: id, modelType: 'languageModel' });
    },
  };
}

const demoInfo: ModelInfo = { id: demoModelId, label: 'Demo model', provider: 'demo', isDemo: true };

function describeModel(id: string, providers: readonly Provider[]): ModelInfo | undefined {
  if (id === demoModelId) return demoInfo;
  const [providerId, modelId] = splitModelId(id);
  const provider = providers.find((candidate) => candidate.id === providerId);
  if (provider === undefined) return undefined;
  return { id, label: provider.known[modelId] ?? modelId, provider: providerId, isDemo: false };
}

/** At the first colon. */
function splitModelId(id: string): [providerId: string, modelId: string] {
  const colon = id.indexOf(':');
  return colon === -1 ? [id, ''] : [id.slice(0, colon), id.slice(colon + 1)];
}
