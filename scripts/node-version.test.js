import { describe, expect, it } from 'vitest';
import { findNodePackage, isNodeRecentEnough } from './node-version.js';

describe('isNodeRecentEnough', () => {
  it.each(['22.18.0', '22.23.2', '24.0.0', '26.10.0'])('accepts %s', (version) => {
    expect(isNodeRecentEnough(version)).toBe(true);
  });

  it.each(['18.20.4', '20.11.1', '22.17.9', '23.11.0'])('refuses %s', (version) => {
    expect(isNodeRecentEnough(version)).toBe(false);
  });
});

describe('findNodePackage', () => {
  it.each(['linux x64', 'linux arm64', 'darwin x64', 'darwin arm64'])(
    'knows a recent enough Node for %s',
    (platform) => {
      const [name, architecture] = platform.split(' ');
      const found = findNodePackage(name ?? '', architecture ?? '');
      expect(found && isNodeRecentEnough(found.version)).toBe(true);
    },
  );

  it('knows none for other platforms', () => {
    expect(findNodePackage('sunos', 'x64')).toBeNull();
  });
});
