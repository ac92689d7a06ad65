import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { projectPath, projectRoot } from './project.js';

/** Add the variables of `.env` to the environment; those that are set already win. */
export function loadSettingsFile() {
  if (existsSync(projectPath('.env'))) process.loadEnvFile(projectPath('.env'));
}

/** @returns {string} absolute path of DATA_DIR, which counts from the project */
export function readDataDirectory() {
  return resolve(projectRoot, process.env.DATA_DIR || '.data');
}
