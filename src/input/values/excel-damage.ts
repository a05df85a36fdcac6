/** Of Excel, Google Sheets and LibreOffice. */
const ERROR_VALUE =
  /^(#(REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|ERROR!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|GETTING_DATA|#+)|Err:[0-9]{3})$/i;

/** A sentence where a value shows what a spreadsheet does to identifiers that it takes for something else. */
export function excelDamage(value: string): string | undefined {
  if (/^O?[+-]?\d+([.,]\d+)?E[+-]?\d+$/i.test(value)) {
    return "is Excel's scientific notation of a number: the digits it left out can't be recovered; take the identifier from the source again";
  }
  if (ERROR_VALUE.test(value)) {
    return "is a spreadsheet's error value, not an identifier; take the identifier from the source again";
  }
  if (value.startsWith('=')) {
    return 'is a formula, not its value; paste the values in its place and save again';
  }
  if (/^\d{16,}$/.test(value) && /^0+$/.test(value.slice(15))) {
    return 'is a number of which Excel keeps only 15 digits: the zeros at its end stand for digits that are lost; take the identifier from the source again';
  }
  return undefined;
}
