/** `npm start`: everything, for production. */
import { launch } from './launch.js';

await launch({ development: false });
