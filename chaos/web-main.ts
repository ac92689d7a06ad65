/** A web process as in production, with faults that the kit can order. */
import { flushCompileCache } from 'node:module';
import { obeyOrders } from './orders.ts';

obeyOrders();
await import('#server/web-main');
flushCompileCache();
