"""How a call would sound: the E-model of ITU-T Recommendation G.107 (06/2015), clause 7, narrow-band, complete.

Names in comments and in `Planning` are those of the Recommendation; the defaults are those of its tables 2 and 3. Levels in dB, dBr or
dBm0p, times in ms, losses in percent. Only what the wizard varies (delay, loss, codec) is offered by `r_factor`.
"""

from dataclasses import dataclass
from math import exp, log2, log10, sqrt


@dataclass(frozen=True)
class Codec:
    """Equipment impairment `ie` and packet-loss robustness `bpl`: ITU-T G.113 Appendix I."""

    ie: float
    bpl: float


CODECS = {
    "g711": Codec(0.0, 25.1),  # with packet-loss concealment (G.711 Appendix I)
    "g711_no_plc": Codec(0.0, 4.3),
    "g729a": Codec(11.0, 19.0),  # with voice activity detection, as G.113 Appendix I has it
}


@dataclass(frozen=True)
class Planning:
    """Inputs of the transmission rating (G.107 table 2). Every default is the Recommendation's."""

    slr: float = 8.0  # send loudness rating
    rlr: float = 2.0  # receive loudness rating
    stmr: float = 15.0  # sidetone masking rating
    lstr: float = 18.0  # listener sidetone rating
    ds: float = 3.0  # D-value of the telephone, send side
    telr: float = 65.0  # talker echo loudness rating
    wepl: float = 110.0  # weighted echo path loss
    t: float = 0.0  # mean one-way delay of the echo path
    tr: float = 0.0  # round-trip delay in the 4-wire loop
    ta: float = 0.0  # absolute delay in echo-free connections
    qdu: float = 1.0  # quantization distortion units
    ie: float = 0.0
    bpl: float = 4.3
    ppl: float = 0.0  # random packet loss
    burst_r: float = 1.0  # burst ratio
    nc: float = -70.0  # circuit noise at the 0 dBr point
    nfor: float = -64.0  # noise floor at the receive side
    ps: float = 35.0  # room noise, send side
    pr: float = 35.0  # room noise, receive side
    a: float = 0.0  # advantage factor
    s_t: float = 1.0  # delay sensitivity (table 3: default class)
    m_t: float = 100.0  # minimum perceivable delay (table 3: default class)


def rating(p: Planning) -> float:
    """R = Ro - Is - Id - Ie,eff + A (clause 7.1)."""
    no = _noise(p)
    ro = 15.0 - 1.5 * (p.slr + no)  # clause 7.2
    ist = _sidetone(p)
    simultaneous = _loudness(p, no) + ist + _quantization(p, ro)  # clause 7.3
    delay = _talker_echo(p, no, ist) + _listener_echo(p, ro) + _absolute_delay(p)  # clause 7.4
    return ro - simultaneous - delay - _equipment(p) + p.a


def r_factor(one_way_ms: float, loss_percent: float, codec: str) -> float:
    """R of a call with this mouth-to-ear delay (ms) and random packet loss (percent), everything else at its default.

    The echo path is as long as the way itself: T = Ta, Tr = 2T. Errors: KeyError for a codec that `CODECS` does not have.
    """
    chosen = CODECS[codec]
    delay = max(0.0, one_way_ms)
    loss = min(100.0, max(0.0, loss_percent))
    return rating(Planning(t=delay, ta=delay, tr=2.0 * delay, ie=chosen.ie, bpl=chosen.bpl, ppl=loss))


def mos(r: float) -> float:
    """Estimated mean opinion score, conversational quality, 1 to 4.5 (Annex B)."""
    if r <= 0.0:
        return 1.0
    if r >= 100.0:
        return 4.5
    return max(1.0, 1.0 + 0.035 * r + r * (r - 60.0) * (100.0 - r) * 7e-6)  # below 6.5 the cubic dips under 1


def _noise(p: Planning) -> float:
    """No, the power sum of all noise (clause 7.2), dBm0p."""
    olr = p.slr + p.rlr
    nos = p.ps - p.slr - p.ds - 100.0 + 0.004 * (p.ps - olr - p.ds - 14.0) ** 2
    pre = p.pr + 10.0 * log10(1.0 + 10.0 ** ((10.0 - p.lstr) / 10.0))
    nor = p.rlr - 121.0 + pre + 0.008 * (pre - 35.0) ** 2
    nfo = p.nfor + p.rlr
    return 10.0 * log10(sum(10.0 ** (level / 10.0) for level in (p.nc, nos, nor, nfo)))


def _loudness(p: Planning, no: float) -> float:
    """Iolr: too low an overall loudness rating (clause 7.3)."""
    xolr = p.slr + p.rlr + 0.2 * (64.0 + no - p.rlr)
    return float(20.0 * ((1.0 + (xolr / 8.0) ** 8) ** (1.0 / 8.0) - xolr / 8.0))


def _sidetone(p: Planning) -> float:
    """Ist: sidetone that is not optimum (clause 7.3)."""
    stmro = -10.0 * log10(10.0 ** (-p.stmr / 10.0) + exp(-p.t / 4.0) * 10.0 ** (-p.telr / 10.0))
    return float(
        12.0 * (1.0 + ((stmro - 13.0) / 6.0) ** 8) ** (1.0 / 8.0)
        - 28.0 * (1.0 + ((stmro + 1.0) / 19.4) ** 35) ** (1.0 / 35.0)
        - 13.0 * (1.0 + ((stmro - 3.0) / 33.0) ** 13) ** (1.0 / 13.0)
        + 29.0
    )


def _quantization(p: Planning, ro: float) -> float:
    """Iq: quantizing distortion (clause 7.3)."""
    q = 37.0 - 15.0 * log10(p.qdu)
    g = 1.07 + 0.258 * q + 0.0602 * q * q
    y = (ro - 100.0) / 15.0 + 46.0 / 8.4 - g / 9.0
    z = 46.0 / 30.0 - g / 40.0
    return 15.0 * log10(1.0 + 10.0**y + 10.0**z)


def _talker_echo(p: Planning, no: float, ist: float) -> float:
    """Idte (clause 7.4)."""
    terv = p.telr - 40.0 * log10((1.0 + p.t / 10.0) / (1.0 + p.t / 150.0)) + 6.0 * exp(-0.3 * p.t**2)
    if p.stmr < 9.0:
        terv += ist / 2.0
    re = 80.0 + 2.5 * (terv - 14.0)
    roe = -1.5 * (no - p.rlr)
    idte = ((roe - re) / 2.0 + sqrt((roe - re) ** 2 / 4.0 + 100.0) - 1.0) * (1.0 - exp(-p.t))
    return sqrt(idte**2 + ist**2) if p.stmr > 20.0 else idte


def _listener_echo(p: Planning, ro: float) -> float:
    """Idle (clause 7.4)."""
    rle = 10.5 * (p.wepl + 7.0) * (p.tr + 1.0) ** -0.25
    return float((ro - rle) / 2.0 + sqrt((ro - rle) ** 2 / 4.0 + 169.0))


def _absolute_delay(p: Planning) -> float:
    """Idd: a delay too long even without echo (clause 7.4)."""
    if p.ta <= p.m_t:
        return 0.0
    x = log2(p.ta / p.m_t)
    six = 6.0 * p.s_t
    return float(25.0 * ((1.0 + x**six) ** (1.0 / six) - 3.0 * (1.0 + (x / 3.0) ** six) ** (1.0 / six) + 2.0))


def _equipment(p: Planning) -> float:
    """Ie,eff: codec and packet loss (clause 7.5)."""
    return p.ie + (95.0 - p.ie) * p.ppl / (p.ppl / p.burst_r + p.bpl)
