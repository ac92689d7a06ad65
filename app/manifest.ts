import type { MetadataRoute } from 'next';

/** Makes the page installable. public/icons is drawn from app/icon.svg; see docs/design.md. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Holdfast',
    short_name: 'Holdfast',
    description: 'A chat for AI agents whose answers cannot be lost.',
    start_url: '/',
    display: 'standalone',
    background_color: '#fcfcf9',
    theme_color: '#fcfcf9',
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
