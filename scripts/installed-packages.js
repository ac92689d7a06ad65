/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes the list of what it installed last of all,
 * so an interrupted installation has none.
 *
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile} installed node_modules/.package-lock.json
 * @returns {boolean}
 */
export function isInstalled(wanted, installed) {
  const names = Object.keys(wanted.packages).filter((name) => name !== '');
  const superfluous = Object.keys(installed.packages).some((name) => !(name in wanted.packages));
  return !superfluous && names.every((name) => isSatisfied(wanted.packages[name], installed.packages[name]));
}

/**
 * @param {LockedPackage | undefined} wanted
 * @param {LockedPackage | undefined} installed
 */
function isSatisfied(wanted, installed) {
  // Optional packages are mostly binaries for other platforms.
  if (!installed) return wanted?.optional === true;
  return installed.version === wanted?.version;
}
