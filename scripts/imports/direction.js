/** Which room may import which: STYLE's "Direction" as a table. */

/**
 * @typedef {object} Room
 * @property {RegExp} holds paths that belong to it; the first room that fits counts
 * @property {string[]} imports rooms it may import, besides itself
 * @property {string[]} [importsTypesOf] rooms of which it may import types, besides
 * @property {RegExp} [packages] the only packages it may import at run time
 * @property {RegExp} [foreignPackages] packages it may not know, not even their types
 * @property {string} advice where code belongs that needs more
 */

const anyRoom = ['bench', 'chaos', 'domain', 'runs', 'agent', 'chats', 'files', 'trpc', 'server', 'testing', 'prisma', 'scripts'];
const transport = /^(@trpc|@tanstack|next|react|react-dom|ws)(\/|$)/;

/** @type {Record<string, Room>} */
export const rooms = {
  tests: {
    holds: /\.test\.[jt]sx?$/,
    imports: [...anyRoom, 'components', 'ui'],
    advice: 'what several tests share belongs into server/testing or components/testing',
  },
  testing: {
    holds: /^(server|components)\/testing\//,
    imports: [...anyRoom, 'components', 'ui'],
    advice: 'what a test needs of a page it finds in the browser (e2e)',
  },
  ui: {
    holds: /^components\/ui\//,
    imports: [],
    advice: 'components/ui knows nothing of ours: what does belongs into components/chat or components/runs',
  },
  components: {
    holds: /^components\//,
    imports: ['ui', 'domain'],
    importsTypesOf: ['trpc'],
    advice: 'pages speak to the server through tRPC (its types only); what both need belongs into domain/',
  },
  app: {
    holds: /^app\//,
    imports: ['components', 'ui', 'domain', 'trpc', 'server'],
    advice: 'app/ only routes: views belong into components/, work into server/ behind a procedure',
  },
  domain: {
    holds: /^domain\//,
    imports: [],
    packages: /^(zod|ai)(\/|$)/,
    advice: 'domain/ is pure and runs in the browser too: what needs more belongs into server/ or components/',
  },
  runs: {
    holds: /^server\/runs\//,
    imports: ['domain'],
    importsTypesOf: ['prisma'],
    foreignPackages: transport,
    advice: 'the heart takes what it needs as a parameter: composing belongs into server/worker-main.ts or web-main.ts',
  },
  agent: {
    holds: /^server\/agent\//,
    imports: ['domain'],
    importsTypesOf: ['runs', 'server'],
    foreignPackages: transport,
    advice: 'an agent is handed its settings and stores nothing: composing belongs into server/worker-main.ts',
  },
  chats: {
    holds: /^server\/chats\//,
    imports: ['domain', 'runs'],
    importsTypesOf: ['prisma', 'server'],
    foreignPackages: transport,
    advice: 'what speaks HTTP or tRPC belongs into server/trpc',
  },
  files: {
    holds: /^server\/files\//,
    imports: ['domain', 'runs'],
    importsTypesOf: ['server'],
    foreignPackages: transport,
    advice: 'what speaks HTTP belongs into server/file-requests.ts, what tRPC into server/trpc',
  },
  trpc: {
    holds: /^server\/trpc\//,
    imports: ['domain', 'runs', 'agent', 'chats', 'files', 'server'],
    importsTypesOf: ['prisma'],
    advice: 'procedures parse, call and return: queries belong into server/runs or server/chats',
  },
  server: {
    holds: /^server\/[^/]+$/,
    imports: ['domain', 'runs', 'agent', 'chats', 'files', 'trpc', 'prisma'],
    advice: 'the server never depends on pages: what both need belongs into domain/',
  },
  e2e: {
    holds: /^e2e\//,
    imports: ['domain', 'testing', 'server', 'scripts'],
    advice: 'a browser test sees only the page',
  },
  bench: {
    holds: /^bench\//,
    imports: ['domain', 'testing', 'server', 'scripts'],
    advice: 'a measurement sees the processes from outside, as a client does',
  },
  chaos: {
    holds: /^chaos\//,
    imports: ['domain', 'testing', 'server', 'agent', 'runs', 'scripts'],
    importsTypesOf: ['trpc'],
    advice: 'the kit breaks processes from outside; what its own processes need of the product is server/worker-process.ts',
  },
  scripts: {
    holds: /^scripts\//,
    imports: ['server', 'testing', 'bench', 'chaos'],
    advice: 'what the product needs belongs into server/',
  },
  prisma: { holds: /^prisma\//, imports: [], advice: 'it is generated' },
};

/**
 * @param {string} path
 * @returns {string | null} the room it is in
 */
export function findRoom(path) {
  return Object.entries(rooms).find(([, { holds }]) => holds.test(path))?.[0] ?? null;
}
