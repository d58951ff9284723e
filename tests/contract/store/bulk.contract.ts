import { aGroup, aHead, aMember, anAlertRecord, aNote } from '../../support/builders/rows.js';
import { ask, save, type CurrentStore } from './store-harness.js';

const COUNT = 10_000;

export function describeBulk(current: CurrentStore): void {
  it('ten thousand members are saved and loaded in one transaction each', async () => {
    const { group, members, notes, records } = aBigGroup();
    await current().store.transaction(async ({ alerts, groups }) => {
      await alerts.save(records);
      await groups.save([group]);
    });

    const alertIds = records.map((record) => record.id);
    const loaded = await current().store.transaction(async ({ alerts, groups }) => ({
      records: await alerts.find(alertIds),
      groups: await groups.forIntake(alertIds, ['key of group-1']),
    }));

    expect(loaded.records).toEqual(new Map(records.map((record) => [record.id, record])));
    const [only] = loaded.groups;
    expect(only?.episodes).toEqual(members.map((member) => member.episode));
    expect(only?.tickets).toEqual(members.map((member) => member.ticket));
    expect(only?.notes(notes.map((note) => note.id))).toEqual(notes);
  });

  it('ten thousand groups are found by their keys', async () => {
    const heads = Array.from({ length: COUNT }, (_, n) => aHead({ id: `group-${n}` }));
    await save(current(), ...heads.map((head) => aGroup(head)));
    const keys = heads.map((head) => head.groupKey);

    const groups = await ask(current(), (repository) => repository.forIntake([], keys));
    const latest = await ask(current(), (repository) => repository.latestOf(keys));

    expect(groups).toHaveLength(COUNT);
    expect(latest.size).toBe(COUNT);
  });
}

/** A group with ten thousand open members, each with a ticket, a note on it and a record of its alert. */
export function aBigGroup() {
  const members = Array.from({ length: COUNT }, (_, n) =>
    aMember(String(n), { episode: { ordinal: n }, ticket: { ordinal: n } }),
  );
  const notes = members.map(({ ticket }, n) => aNote({ id: `note-${n}`, ticketKey: ticket.key }));
  const records = members.map(({ episode }) => anAlertRecord({ id: episode.alertId }));
  const rows = {
    episodes: members.map((one) => one.episode),
    tickets: members.map((one) => one.ticket),
    notes,
  };
  return { group: aGroup(aHead({ rootKey: 'ticket-0' }), rows), members, notes, records };
}
