"""What a recording of a headset says in figures: one measure a module, each named for what it measures.

numpy only: no Qt, no disk, no device. Import these modules when a measure is wanted, never at start: numpy costs a tenth of a second.
Levels are relative to digital full scale: dBov and dBFS are 10 lg of the mean square of samples in -1..1, so a full-scale sine is
-3.01 dB (ITU-T G.100.1 clause 5.2, « dBov »); dBFS(A) is the same behind the A-weighting.
"""
