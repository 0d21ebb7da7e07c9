import type { LoggerService } from '@backstage/backend-plugin-api';

/** For tests: what is logged from now on, as `level: message`. */
export function logOf(logger: LoggerService): string[] {
  const log: string[] = [];
  for (const level of ['info', 'warn'] as const) {
    jest.spyOn(logger, level).mockImplementation((...args) => {
      log.push(`${level}: ${args[0]}`);
    });
  }
  return log;
}
