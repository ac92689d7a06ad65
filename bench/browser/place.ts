import type { Api } from '#server/testing/api-client';
import type { ModelProcess } from '#server/testing/model-process';
import type { MeasuredBrowser } from './open-browser.ts';

/** Where the page is measured: an installation under a scripted provider, and a browser that is signed in to it. */
export type Place = { databaseUrl: string; provider: ModelProcess; api: Api; browser: MeasuredBrowser };
