import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/**
 * @typedef {object} Import
 * @property {string} specifier as written
 * @property {string | null} target path of the project's file it names; null for a package
 * @property {boolean} typeOnly erased before anything runs
 *
 * @typedef {object} Module
 * @property {string} path from the project's root, with forward slashes
 * @property {Import[]} imports
 * @property {boolean} onlyReexports whether the file says nothing of its own
 * @property {string} code the source without comments
 */

const folders = ['app', 'bench', 'chaos', 'components', 'domain', 'e2e', 'scripts', 'server'];

/**
 * Every source file of the project and what it imports.
 *
 * @param {string} root
 * @returns {Module[]}
 */
export function readModules(root) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const aliases = Object.entries(/** @type {Record<string, string>} */ (manifest.imports ?? {}));
  // Of two patterns that fit, the longer one counts, as in Node.
  aliases.sort(([one], [other]) => other.length - one.length);
  return folders.flatMap((folder) => listSources(root, folder)).map((path) => readModule(root, path, aliases));
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function listSources(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return listSources(root, path);
    return /\.[jt]sx?$/.test(entry.name) ? [path] : [];
  });
}

/**
 * @param {string} root
 * @param {string} path
 * @param {[string, string][]} aliases
 * @returns {Module}
 */
function readModule(root, path, aliases) {
  const source = readFileSync(join(root, path), 'utf8');
  const { program, module, comments, errors } = parseSync(path, source);
  if (errors[0]) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);
  const requests = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType }] : [],
      ),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^['"`]([^'"`$]+)['"`]$/.exec(source.slice(moduleRequest.start, moduleRequest.end));
      return literal?.[1] ? [{ specifier: literal[1], typeOnly: false }] : [];
    }),
  ];
  return {
    path,
    imports: requests.map((request) => ({ ...request, target: resolve(path, request.specifier, aliases) })),
    onlyReexports: program.body.length > 0 && program.body.every(isReexport),
    code: comments.reduce(blank, source),
  };
}

/** @param {import('oxc-parser').Program['body'][number]} statement */
function isReexport(statement) {
  if (statement.type === 'ExportAllDeclaration' || statement.type === 'ImportDeclaration') return true;
  return statement.type === 'ExportNamedDeclaration' && statement.declaration === null;
}

/**
 * @param {string} source
 * @param {{ start: number, end: number }} comment
 */
function blank(source, { start, end }) {
  return source.slice(0, start) + ' '.repeat(end - start) + source.slice(end);
}

/**
 * @param {string} from
 * @param {string} specifier
 * @param {[string, string][]} aliases
 * @returns {string | null}
 */
function resolve(from, specifier, aliases) {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  for (const [pattern, replacement] of aliases) {
    const [start = '', end = ''] = pattern.split('*');
    if (!specifier.startsWith(start) || !specifier.endsWith(end)) continue;
    const middle = specifier.slice(start.length, specifier.length - end.length);
    return posix.normalize(replacement.replace('*', middle));
  }
  return null;
}
