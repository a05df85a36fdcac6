/** The build of Bottleneck without its clusters; its package has types of the whole one alone. */
declare module 'bottleneck/light.js' {
  import Bottleneck from 'bottleneck';

  export default Bottleneck;
}
