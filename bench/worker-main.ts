/** A worker as in production, which collects its garbage when told. */
import { collectOnOrder } from './garbage.ts';

collectOnOrder();
await import('#server/worker-main');
