import {
  describeMessage,
  type MessageOf,
} from '@landfall/backstage-plugin-delivery-common';
import { fleetApplicationOf, fleetServiceOf } from '../../dev/fixtures/fleet';
import { toServicesCsv } from './csv';

describe('toServicesCsv', () => {
  it('writes a line for each application, and one for a service without any', () => {
    const csv = toServicesCsv([
      fleetServiceOf('api', [
        fleetApplicationOf('api', 'dev', {
          running: ['1.0.0', '1.0.1'],
          next: '1.0.2',
          states: ['stuck', 'updating'],
          deployedAt: '2026-03-01T12:00:00Z',
          waiting: {
            code: 'automated-sync-off',
            parameters: {},
            message: 'Automated sync is off, so "someone" has to sync',
          },
          held: {
            version: '2.0.0',
            reason: describeMessage<MessageOf<'verdict'>>({
              code: 'verdict.outside-constraint',
              parameters: { constraint: '~1.0' },
            }),
          },
        }),
      ]),
      fleetServiceOf('web', []),
    ]);
    expect(csv.split('\r\n')).toEqual([
      'service,title,owner,system,environment,instance,namespace,application,running,next,health,sync,states,deployedAt,waiting,held',
      'component:default/api,,group:default/shop,system:default/shop,dev,main,argocd,api-dev,1.0.0 1.0.1,1.0.2,Healthy,Synced,stuck updating,2026-03-01T12:00:00Z,"Automated sync is off, so ""someone"" has to sync",2.0.0',
      'component:default/web,,group:default/shop,system:default/shop,,,,,,,,,,,,',
      '',
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)'])(
    'never begins a field like a formula: %s',
    title => {
      expect(toServicesCsv([fleetServiceOf('api', [], { title })])).toContain(
        `component:default/api,'${title},`,
      );
    },
  );

  it('keeps line breaks inside a field', () => {
    expect(
      toServicesCsv([fleetServiceOf('api', [], { title: 'a\nb' })]),
    ).toContain(',"a\nb",');
  });
});
