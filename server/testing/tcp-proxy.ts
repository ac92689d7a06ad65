import { onTestFinished } from 'vitest';
import { FaultProxy } from './fault-proxy.ts';

/** A way to the database that can break; gone when the test ends. */
export async function startTcpProxy(databaseUrl: string): Promise<FaultProxy> {
  const proxy = await FaultProxy.start(databaseUrl);
  onTestFinished(() => proxy.close());
  return proxy;
}
