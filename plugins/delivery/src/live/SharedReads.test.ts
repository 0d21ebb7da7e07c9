import { LiveEntity } from './LiveEntity';
import { SharedReads } from './SharedReads';

describe('SharedReads', () => {
  const entity = LiveEntity.of({ api: {}, entityRef: 'component:default/api' });
  const options = { read: async () => 'read' };

  it('gives one read for each entity and id', () => {
    const reads = new SharedReads<string>();
    const create = jest.fn(() => options);
    const read = reads.get(entity, 'a', create);
    expect(reads.get(entity, 'a', create)).toBe(read);
    expect(create).toHaveBeenCalledTimes(1);
    expect(reads.get(entity, 'b', create)).not.toBe(read);
    const other = LiveEntity.of({ api: {}, entityRef: 'component:default/b' });
    expect(reads.get(other, 'a', create)).not.toBe(read);
  });

  it('drops a read without subscribers', () => {
    const reads = new SharedReads<string>();
    const read = reads.get(entity, 'a', () => options);
    const leave = read.subscribe(() => {});
    expect(reads.get(entity, 'a', () => options)).toBe(read);
    leave();
    expect(reads.get(entity, 'a', () => options)).not.toBe(read);
  });

  it('reads only what has subscribers', () => {
    const reads = new SharedReads<string>();
    const read = jest.fn(async () => 'read');
    const live = reads.get(entity, 'a', () => ({ read }));
    entity.refresh();
    expect(read).not.toHaveBeenCalled();
    const leave = live.subscribe(() => {});
    entity.refresh();
    leave();
    expect(read).toHaveBeenCalledTimes(1);
  });
});
