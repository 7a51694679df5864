import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

/** All components and screens with invented data, for pictures and for accessibility checks. Never part of the extension. */
export default defineConfig({
  root: here,
  plugins: [tailwindcss()],
  oxc: { jsx: { runtime: 'automatic' } },
  resolve: { alias: { '@': repository.replace(/\/$/, '') } },
  server: { host: '127.0.0.1', port: 0, hmr: false, fs: { allow: [repository] } },
  build: {
    emptyOutDir: true,
    rollupOptions: { input: ['index.html', 'coins.html'].map((page) => `${here}${page}`) },
  },
  logLevel: 'warn',
});
