/** The one reader of the environment. `.env.example` documents every variable for people. */
import { z } from 'zod';

const seconds = z.coerce.number().int().min(1).max(86_400);
const onOff = z.enum(['on', 'off']);
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' });
const modelId = z.string().regex(/^[^:\s]+:\S+$/, { error: 'must be a list of provider:model' });

const variables = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  PUBLIC_URL: httpUrl.optional(),
  TRUST_PROXY: onOff.default('off'),
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be an address that begins with postgresql:// (without one, npm start runs a database of its own)',
  }),
  DATA_DIR: z.string().default('.data'),
  OPENAI_COMPATIBLE_BASE_URL: httpUrl.optional(),
  OPENAI_COMPATIBLE_API_KEY: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  GOOGLE_GENERATIVE_AI_API_KEY: z.string().optional(),
  AI_GATEWAY_API_KEY: z.string().optional(),
  CHAT_MODELS: z
    .string()
    .transform((list) => list.split(',').map((id) => id.trim()).filter((id) => id !== ''))
    .pipe(z.array(modelId))
    .optional(),
  CHAT_TITLES: onOff.default('on'),
  AUTH_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  GUEST_ACCESS: onOff.optional(),
  SIGN_UP: onOff.optional(),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(10_000).default(64),
  RUN_LEASE_SECONDS: seconds.default(15),
  RUN_MAX_ATTEMPTS: z.coerce.number().int().min(1).max(100).default(3),
  RUN_FIRST_CHUNK_TIMEOUT_SECONDS: seconds.default(120),
  RUN_CHUNK_TIMEOUT_SECONDS: seconds.default(120),
  RUN_STEP_TIMEOUT_SECONDS: seconds.default(900),
  RUN_TOOL_TIMEOUT_SECONDS: seconds.default(300),
  RUN_TOTAL_TIMEOUT_SECONDS: seconds.default(3600),
  /** serves the bare stream that npm run bench compares with */
  BENCH_FLOOR: onOff.default('off'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

const anyAddress = new Set(['0.0.0.0', '::']);
const loopbackHosts = new Set(['127.0.0.1', '::1', 'localhost']);

const consistent = variables.refine((env) => env.METRICS_PORT !== env.PORT, {
  path: ['METRICS_PORT'],
  error: 'must be another port than PORT',
});

const completed = consistent.transform((env) => {
  const isLocal =
    loopbackHosts.has(env.HOST) && (!env.PUBLIC_URL || loopbackHosts.has(hostnameOf(new URL(env.PUBLIC_URL))));
  const whenLocal = isLocal ? ('on' as const) : ('off' as const);
  return {
    ...env,
    /** only this machine can reach us: loopback, and no public address in front of it */
    isLocal,
    GUEST_ACCESS: env.GUEST_ACCESS ?? whenLocal,
    SIGN_UP: env.SIGN_UP ?? whenLocal,
  };
});

export type Env = z.output<typeof completed>;

/**
 * Parse the environment; an empty value counts as not set.
 *
 * @throws Error with one readable line per wrong variable, values left out since they may be secrets
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = completed.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`);
  throw new Error(`The configuration is not right:\n${lines.join('\n')}`);
}

/** The origins under which browsers may reach us: PUBLIC_URL's, or this machine's own names. */
export function allowedOrigins(env: Pick<Env, 'PUBLIC_URL' | 'HOST' | 'PORT'>): URL[] {
  if (env.PUBLIC_URL) return [new URL(new URL(env.PUBLIC_URL).origin)];
  const names = new Set(['localhost', '127.0.0.1', '[::1]']);
  if (!anyAddress.has(env.HOST)) names.add(env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST);
  return [...names].map((name) => new URL(`http://${name}:${env.PORT}`));
}

function hostnameOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
