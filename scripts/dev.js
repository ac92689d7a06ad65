/** `npm run dev`: everything, with hot reload. */
import { launch } from './launch.js';

await launch({ development: true });
