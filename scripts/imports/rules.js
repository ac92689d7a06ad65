import { findRoom, rooms } from './direction.js';
import { findCycles } from './cycles.js';

/**
 * @typedef {import('./read-modules.js').Module} Module
 * @typedef {import('./read-modules.js').Import} Import
 */

const isTest = (/** @type {string} */ path) => /\.(test|spec)\.[jt]sx?$|^e2e\/|\/testing\//.test(path);

/** Files that Next, Node or a command finds by name. */
const entryPoints = [
  /^app\/(.*\/)?(page|layout|template|loading|error|global-error|not-found|default|route)\.[jt]sx?$/,
  /^app\/(.*\/)?(icon|apple-icon|opengraph-image|manifest|robots|sitemap)\.[jt]sx?$/,
  /^(server|chaos|bench)\/\w+-main\.ts$/,
  /\.d\.ts$/,
];

const isEntryPoint = (/** @type {string} */ path) => entryPoints.some((pattern) => pattern.test(path));

/** The one place for each write of a run's status. */
const statusWriters = /^server\/runs\/(enqueue|claim|append|transitions|settle|sweeps)\.ts$/;
const statusWrites = [
  // In the SET clause; a spliced one may say anything.
  /\bUPDATE\s+(ONLY\s+)?"?run"?\s(?:(?!\b(WHERE|FROM|RETURNING)\b|`)[\s\S])*?(\bstatus\s*=|\$\{)/i,
  /\bINSERT\s+INTO\s+"?run"?\s*\(/i,
  /\.run\.(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)\b/,
];

/**
 * Everything that breaks a rule of the house.
 *
 * @param {Module[]} modules
 * @param {string} mentions text of the files that name entry points: package.json, configurations
 * @returns {string[]} one line each: the file, what is wrong, where the code belongs
 */
export function findViolations(modules, mentions) {
  return [
    ...modules.flatMap((module) => module.imports.flatMap((item) => checkImport(module.path, item))),
    ...modules.flatMap(checkBarrel),
    ...modules.flatMap(checkStatusWrites),
    ...findOrphans(modules, mentions),
    ...findCycles(modules).map(describeCycle),
  ];
}

/**
 * @param {string} path
 * @param {Import} item
 * @returns {string[]}
 */
function checkImport(path, item) {
  const name = findRoom(path);
  const room = name ? rooms[name] : undefined;
  if (!name || !room) return [`${path}: belongs to no room; STYLE.md says which there are`];
  const allowed = item.target === null ? mayUsePackage(room, item) : mayUseRoom(name, room, item);
  return allowed ? [] : [`${path}: must not import ${item.specifier}; ${room.advice}`];
}

/**
 * @param {import('./direction.js').Room} room
 * @param {Import} item
 */
function mayUsePackage(room, { specifier, typeOnly }) {
  if (room.foreignPackages?.test(specifier)) return false;
  return typeOnly || (room.packages?.test(specifier) ?? true);
}

/**
 * @param {string} name
 * @param {import('./direction.js').Room} room
 * @param {Import} item
 */
function mayUseRoom(name, room, { target, typeOnly }) {
  const other = findRoom(target ?? '');
  // Configuration files beside package.json belong to no room and to everybody.
  if (other === null) return !target?.includes('/');
  if (other === name) return name !== 'tests';
  return room.imports.includes(other) || (typeOnly && (room.importsTypesOf?.includes(other) ?? false));
}

/** @param {string[]} cycle */
function describeCycle(cycle) {
  const circle = cycle.join(' → ');
  return `${cycle[0]}: imports itself in a circle (${circle}); move what they share into a file of its own`;
}

/** @param {Module} module */
function checkBarrel({ path, onlyReexports }) {
  if (!onlyReexports || isEntryPoint(path)) return [];
  return [`${path}: only passes on what others export; import from where it is made`];
}

/** @param {Module} module */
function checkStatusWrites({ path, code }) {
  if (!path.startsWith('server/') || isTest(path) || statusWriters.test(path)) return [];
  const found = statusWrites.flatMap((pattern) => pattern.exec(code)?.[0].split('\n')[0] ?? [])[0];
  const advice = 'only enqueue, claim, append, transitions, settle and sweeps in server/runs do that';
  return found ? [`${path}: writes a run's status (${found}); ${advice}`] : [];
}

/**
 * @param {Module[]} modules
 * @param {string} mentions
 */
function findOrphans(modules, mentions) {
  // A file that only its own tests import is dead too, unless it is there for tests.
  const imported = new Set(
    modules
      .flatMap(({ path, imports }) => imports.map(({ target }) => ({ path, target: target ?? '' })))
      .filter(({ path, target }) => !isTest(path) || isTest(target))
      .map(({ target }) => target),
  );
  return modules
    .filter(({ path }) => !imported.has(path) && !/\.(test|spec)\.[jt]sx?$/.test(path))
    .filter(({ path }) => !isEntryPoint(path) && !mentions.includes(path))
    .map(({ path }) => `${path}: nobody imports it; remove it, or import it where it is needed`);
}
