import { describeStore } from './store.contract.js';
import { openSqliteHarness } from './sqlite-harness.js';

describeStore('the store on SQLite', openSqliteHarness);
