export default async function tearDown(): Promise<void> {
  const running = globalThis as { stopTestServer?: () => Promise<void> };
  await running.stopTestServer?.();
}
