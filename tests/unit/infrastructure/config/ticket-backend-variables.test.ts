import { z } from 'zod';
import { UNREAD_SECRET } from '../../../../src/infrastructure/config/secret-files.js';
import {
  chooseTicketBackend,
  ticketBackendPrefixes,
  ticketBackendVariables,
  withOlderNames,
} from '../../../../src/infrastructure/config/ticket-backend-variables.js';
import { readUnquoted, word } from '../../../../src/infrastructure/config/variable-readers.js';
import type { TicketBackendDefinition } from '../../../../src/infrastructure/tickets/ticket-backend-definition.js';

const create = (): never => {
  throw new Error('nothing is made while variables are read');
};

const home: TicketBackendDefinition = { variables: z.object({}), chosenBy: null, secrets: [], create };

const paper: TicketBackendDefinition = {
  variables: z.object({
    PAPER_DESK: z.string(),
    PAPER_PEN: z.string(),
    PAPER_SIZE: word(['a4', 'a5']).default('a4'),
  }),
  chosenBy: 'PAPER_DESK',
  secrets: [],
  olderNames: [['PEN', 'PAPER_PEN']],
  create,
};

const stoneTablet: TicketBackendDefinition = {
  variables: z
    .object({
      STONE_TABLET_HILL: z.string(),
      STONE_TABLET_CHISEL: readUnquoted(() => null, 'is no chisel').optional(),
      STONE_TABLET_MASON: z.string().optional(),
      STONE_TABLET_WAGE: z.string().optional(),
    })
    .refine(({ STONE_TABLET_MASON: mason, STONE_TABLET_WAGE: wage }) => !mason || wage, {
      path: ['STONE_TABLET_WAGE'],
      message: 'is missing; STONE_TABLET_MASON works for it',
    }),
  chosenBy: 'STONE_TABLET_HILL',
  secrets: ['STONE_TABLET_CHISEL'],
  create,
};

const definitions = { home, paper, 'stone-tablet': stoneTablet };

const choose = (set: Readonly<Record<string, string>>) =>
  chooseTicketBackend(new Map(Object.entries(set)), definitions);

const read = (set: Readonly<Record<string, string>>) =>
  withOlderNames(new Map(Object.entries(set)), definitions);

describe('the variables of ticket backends', () => {
  test('choose none where none of them is set', () => {
    expect(choose({ PATH: '/bin' })).toEqual({ choice: null, problems: [] });
  });

  test('choose a backend by the one that says where it is, with what the others hold', () => {
    expect(choose({ PATH: '/bin', PAPER_DESK: 'left', PAPER_PEN: 'red' })).toEqual({
      choice: { name: 'paper', values: { PAPER_DESK: 'left', PAPER_PEN: 'red', PAPER_SIZE: 'a4' } },
      problems: [],
    });
  });

  test('cannot choose two backends', () => {
    const { problems } = choose({ PAPER_DESK: 'left', PAPER_PEN: 'red', STONE_TABLET_HILL: 'Sinai' });

    expect(problems).toEqual([
      'PAPER_DESK and STONE_TABLET_HILL each choose where tickets are kept; unset all but one',
    ]);
  });

  test('have all their problems told at once, those of other backends included', () => {
    const { problems } = choose({ PAPER_DESK: 'left', PAPER_SIZE: 'b5', STONE_TABLET_CHISEL: 'hunter2' });

    expect(problems).toEqual([
      'PAPER_PEN is missing; PAPER_DESK needs it',
      'PAPER_SIZE is "b5"; write a4 or a5',
      'STONE_TABLET_CHISEL is no chisel',
      'STONE_TABLET_CHISEL is set without STONE_TABLET_HILL; set that too, or unset it',
    ]);
  });

  test('may need each other', () => {
    expect(choose({ STONE_TABLET_HILL: 'Sinai', STONE_TABLET_MASON: 'Ada' }).problems).toEqual([
      'STONE_TABLET_WAGE is missing; STONE_TABLET_MASON works for it',
    ]);
  });

  test('have nothing said of a secret whose file could not be read', () => {
    expect(choose({ STONE_TABLET_HILL: 'Sinai', STONE_TABLET_CHISEL: UNREAD_SECRET }).problems).toEqual([]);
  });

  test('begin with the name of their backend', () => {
    expect(ticketBackendPrefixes(definitions)).toEqual(['PAPER_', 'STONE_TABLET_']);
    expect(ticketBackendVariables({ home, paper })).toEqual(['PAPER_DESK', 'PAPER_PEN', 'PAPER_SIZE']);
  });

  test('have older names that count where their backend is chosen and the proper name is not set', () => {
    expect(read({ PEN: 'red', PAPER_DESK: 'left' })).toEqual({
      set: new Map([
        ['PEN', 'red'],
        ['PAPER_DESK', 'left'],
        ['PAPER_PEN', 'red'],
      ]),
      warnings: ['PEN is taken for PAPER_PEN; set PAPER_PEN instead'],
    });
    expect(read({ PEN: 'red' }).warnings).toEqual([]);
    expect(read({ PEN: 'red', PAPER_DESK: 'left', PAPER_PEN: 'blue' }).warnings).toEqual([]);
  });
});
