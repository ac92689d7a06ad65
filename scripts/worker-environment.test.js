import { describe, expect, it } from 'vitest';
import { workerEnvironment } from './worker-environment.js';

describe('workerEnvironment', () => {
  it('leaves METRICS_PORT to the web process and takes the next one', () => {
    const environment = { PORT: '3000', METRICS_PORT: '9464' };
    expect(workerEnvironment(environment)).toEqual({ PORT: '3000', METRICS_PORT: '9465' });
  });

  it.each([{}, { METRICS_PORT: '' }])('keeps metrics off where they are off: %o', (environment) => {
    expect(workerEnvironment(environment)).toEqual(environment);
  });
});
