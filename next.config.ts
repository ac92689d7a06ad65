import type { NextConfig } from 'next';

/** The Content-Security-Policy is web-main's: it needs a nonce per request. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
];

/** A shared chat is for those who were given its link. */
const unlisted = { key: 'X-Robots-Tag', value: 'noindex, nofollow, noarchive' };

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['@prisma/adapter-pg', '@prisma/client', 'better-auth', 'pg', 'pg-boss', 'pino', 'ws'],
  // Whoever reads a development log must not be able to open what was shared.
  logging: { incomingRequests: { ignore: [/\/share\//, /\/share\.(get|follow)/] } },
  // HTML in answers is shown as text: the parser for it would be a tenth of the page's code, and must never run.
  turbopack: { resolveAlias: { 'rehype-raw': 'rehype-sanitize' } },
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    { source: '/share/:path*', headers: [unlisted] },
  ],
};

export default config;
