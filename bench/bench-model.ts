/** The provider's model, as Holdfast calls it. */
export const benchModel = 'openai-compatible:scripted';
