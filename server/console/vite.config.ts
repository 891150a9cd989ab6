import { defineConfig, loadEnv } from 'vite';

// Where `npm run dev` finds the operators' door of a running server.
const DEFAULT_OPERATORS_URL = 'http://127.0.0.1:8080';

export default defineConfig(({ mode }) => {
  const operators = loadEnv(mode, '.', 'KURS_')['KURS_OPERATORS_URL'] ?? DEFAULT_OPERATORS_URL;
  return {
    build: {
      target: 'es2022',
      // The page runs under default-src 'self', which refuses data: addresses.
      assetsInlineLimit: 0,
    },
    server: {
      proxy: { '/admin': { target: operators, ws: true, changeOrigin: true, rewriteWsOrigin: true } },
    },
  };
});
