// What leaves by a socket, as text. A reply that many are given alike is put together from text that was made once.
import { Decoder, Encoder as Plain, type Packet, PacketType } from 'socket.io-parser'

/** Text that is JSON already: as the `data` of an outcome it is sent as it stands. */
export class Json {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Socket.IO's own encoding; nothing that we say is binary, so nothing is searched for it. */
class Encoder extends Plain {
  override encode(packet: Packet) {
    const outcome = packet.type === PacketType.ACK ? packet.data[0] : undefined
    if (outcome?.ok && outcome.data instanceof Json) return [`3${packet.nsp === '/' ? '' : `${packet.nsp},`}${packet.id}[{"ok":true,"data":${outcome.data.text}}]`]
    return [(this as unknown as { encodeAsString(packet: Packet): string }).encodeAsString(packet)]
  }
}

export const parser = { Encoder, Decoder }
