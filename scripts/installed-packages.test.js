import { describe, expect, it } from 'vitest';
import { isInstalled } from './installed-packages.js';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/next': { version: '16.4.6' },
    'node_modules/binary-for-another-platform': { version: '1.0.0', optional: true },
  },
};

/** @param {Record<string, { version: string }>} packages */
const installed = (packages) => isInstalled(wanted, { packages });

describe('isInstalled', () => {
  it('is content when every package is there, those for other platforms aside', () => {
    expect(installed({ 'node_modules/next': { version: '16.4.6' } })).toBe(true);
  });

  it('misses an absent package, another version, and one too many', () => {
    expect(installed({})).toBe(false);
    expect(installed({ 'node_modules/next': { version: '16.4.5' } })).toBe(false);
    const superfluous = { 'node_modules/next': { version: '16.4.6' }, 'node_modules/left-over': { version: '1.0.0' } };
    expect(installed(superfluous)).toBe(false);
  });
});
