import { APICallError, type LanguageModelV4 } from '@ai-sdk/provider';

/**
 * A model that answers without tools when it cannot use any. Servers of open models refuse the whole request when
 * it offers tools to a model that was not trained for them, and their model lists do not say which those are.
 *
 * @param withoutTools names of the models known to be such; this one is added when it says so
 */
export function withOptionalTools(model: LanguageModelV4, withoutTools: Set<string>): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => model.doGenerate(options),
    doStream: async ({ tools, toolChoice, ...options }) => {
      if (withoutTools.has(model.modelId)) return model.doStream(options);
      try {
        return await model.doStream({ tools, toolChoice, ...options });
      } catch (error) {
        if (!refusesTools(error)) throw error;
        withoutTools.add(model.modelId);
        return model.doStream(options);
      }
    },
  };
}

function refusesTools(error: unknown): boolean {
  if (!APICallError.isInstance(error) || error.statusCode !== 400) return false;
  return /(not support|unsupported).{0,40}tool|tool.{0,40}(not support|unsupported)/is.test(
    `${error.message} ${error.responseBody ?? ''}`,
  );
}
