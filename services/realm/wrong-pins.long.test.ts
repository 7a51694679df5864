import { testWrongPins } from './testing/wrong-pins-runs';

testWrongPins(20);
