/** Fail when a file imports what its room must not, or breaks another rule of STYLE.md that imports can tell. */
import { readFileSync, readdirSync } from 'node:fs';
import { findViolations } from './imports/rules.js';
import { readModules } from './imports/read-modules.js';
import { projectPath, projectRoot } from './project.js';

const modules = readModules(projectRoot);
const configurations = readdirSync(projectRoot).filter((name) => /^package\.json$|\.config\.[cm]?[jt]s$/.test(name));
const mentions = configurations.map((name) => readFileSync(projectPath(name), 'utf8')).join('\n');
const violations = findViolations(modules, mentions);
for (const violation of violations) console.error(violation);
const count = modules.reduce((sum, { imports }) => sum + imports.length, 0);
console.log(`import rules: ${modules.length} files, ${count} imports, ${violations.length} violations`);
if (modules.length === 0) console.error('import rules: saw no file at all, so nothing is proven');
process.exitCode = violations.length === 0 && modules.length > 0 ? 0 : 1;
