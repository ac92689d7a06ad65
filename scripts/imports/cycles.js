/**
 * Circles of imports that exist at run time; types may refer to each other.
 *
 * @param {import('./read-modules.js').Module[]} modules
 * @returns {string[][]} paths in order, the first one repeated at the end
 */
export function findCycles(modules) {
  const targets = new Map(
    modules.map(({ path, imports }) => {
      return [path, imports.flatMap(({ target, typeOnly }) => (target && !typeOnly ? [target] : []))];
    }),
  );
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {string[]} */
  const trail = [];
  /** @type {string[][]} */
  const cycles = [];

  /** @param {string} path */
  const visit = (path) => {
    const position = trail.indexOf(path);
    if (position >= 0) cycles.push([...trail.slice(position), path]);
    if (position >= 0 || done.has(path)) return;
    trail.push(path);
    for (const target of targets.get(path) ?? []) visit(target);
    trail.pop();
    done.add(path);
  };
  for (const path of targets.keys()) visit(path);
  return cycles;
}
