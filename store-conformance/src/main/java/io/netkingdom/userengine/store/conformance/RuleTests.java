package io.netkingdom.userengine.store.conformance;

import org.junit.jupiter.api.Test;

/**
 * A test for each rule. They are methods, and not made by a factory, so that each can be chosen:
 * {@code -Dtest=MyStoreConformanceTest#TXN_04}. They are final, so that none can be hidden.
 */
@SuppressWarnings("MemberName") // The names are the rules' ids.
abstract sealed class RuleTests permits StoreConformanceTests {

  RuleTests() {}

  /** Runs a rule, and fails if it is broken. */
  abstract void show(String rule);

  @Test
  protected final void USR_01() {
    show("USR-01");
  }

  @Test
  protected final void USR_02() {
    show("USR-02");
  }

  @Test
  protected final void USR_03() {
    show("USR-03");
  }

  @Test
  protected final void USR_04() {
    show("USR-04");
  }

  @Test
  protected final void USR_05() {
    show("USR-05");
  }

  @Test
  protected final void USR_06() {
    show("USR-06");
  }

  @Test
  protected final void USR_07() {
    show("USR-07");
  }

  @Test
  protected final void USR_08() {
    show("USR-08");
  }

  @Test
  protected final void USR_09() {
    show("USR-09");
  }

  @Test
  protected final void USR_10() {
    show("USR-10");
  }

  @Test
  protected final void USR_11() {
    show("USR-11");
  }

  @Test
  protected final void USR_12() {
    show("USR-12");
  }

  @Test
  protected final void USR_13() {
    show("USR-13");
  }

  @Test
  protected final void USR_14() {
    show("USR-14");
  }

  @Test
  protected final void USR_15() {
    show("USR-15");
  }

  @Test
  protected final void KEY_01() {
    show("KEY-01");
  }

  @Test
  protected final void KEY_02() {
    show("KEY-02");
  }

  @Test
  protected final void KEY_03() {
    show("KEY-03");
  }

  @Test
  protected final void KEY_04() {
    show("KEY-04");
  }

  @Test
  protected final void KEY_05() {
    show("KEY-05");
  }

  @Test
  protected final void KEY_06() {
    show("KEY-06");
  }

  @Test
  protected final void KEY_07() {
    show("KEY-07");
  }

  @Test
  protected final void KEY_08() {
    show("KEY-08");
  }

  @Test
  protected final void KEY_09() {
    show("KEY-09");
  }

  @Test
  protected final void KEY_10() {
    show("KEY-10");
  }

  @Test
  protected final void KEY_11() {
    show("KEY-11");
  }

  @Test
  protected final void KEY_12() {
    show("KEY-12");
  }

  @Test
  protected final void KEY_13() {
    show("KEY-13");
  }

  @Test
  protected final void KEY_14() {
    show("KEY-14");
  }

  @Test
  protected final void UPS_01() {
    show("UPS-01");
  }

  @Test
  protected final void UPS_02() {
    show("UPS-02");
  }

  @Test
  protected final void UPS_03() {
    show("UPS-03");
  }

  @Test
  protected final void UPS_04() {
    show("UPS-04");
  }

  @Test
  protected final void UPS_05() {
    show("UPS-05");
  }

  @Test
  protected final void UPS_06() {
    show("UPS-06");
  }

  @Test
  protected final void UPS_07() {
    show("UPS-07");
  }

  @Test
  protected final void UPS_08() {
    show("UPS-08");
  }

  @Test
  protected final void UPS_09() {
    show("UPS-09");
  }

  @Test
  protected final void UPS_10() {
    show("UPS-10");
  }

  @Test
  protected final void UPS_11() {
    show("UPS-11");
  }

  @Test
  protected final void UPS_12() {
    show("UPS-12");
  }

  @Test
  protected final void UPS_13() {
    show("UPS-13");
  }

  @Test
  protected final void SGN_01() {
    show("SGN-01");
  }

  @Test
  protected final void SGN_02() {
    show("SGN-02");
  }

  @Test
  protected final void SGN_03() {
    show("SGN-03");
  }

  @Test
  protected final void SGN_04() {
    show("SGN-04");
  }

  @Test
  protected final void SGN_05() {
    show("SGN-05");
  }

  @Test
  protected final void SGN_06() {
    show("SGN-06");
  }

  @Test
  protected final void BLK_01() {
    show("BLK-01");
  }

  @Test
  protected final void BLK_02() {
    show("BLK-02");
  }

  @Test
  protected final void BLK_03() {
    show("BLK-03");
  }

  @Test
  protected final void BLK_04() {
    show("BLK-04");
  }

  @Test
  protected final void BLK_05() {
    show("BLK-05");
  }

  @Test
  protected final void BLK_06() {
    show("BLK-06");
  }

  @Test
  protected final void BLK_07() {
    show("BLK-07");
  }

  @Test
  protected final void BLK_08() {
    show("BLK-08");
  }

  @Test
  protected final void BLK_09() {
    show("BLK-09");
  }

  @Test
  protected final void BLK_10() {
    show("BLK-10");
  }

  @Test
  protected final void BLK_11() {
    show("BLK-11");
  }

  @Test
  protected final void IDN_01() {
    show("IDN-01");
  }

  @Test
  protected final void IDN_02() {
    show("IDN-02");
  }

  @Test
  protected final void IDN_03() {
    show("IDN-03");
  }

  @Test
  protected final void IDN_04() {
    show("IDN-04");
  }

  @Test
  protected final void IDN_05() {
    show("IDN-05");
  }

  @Test
  protected final void IDN_06() {
    show("IDN-06");
  }

  @Test
  protected final void IDN_07() {
    show("IDN-07");
  }

  @Test
  protected final void IDN_08() {
    show("IDN-08");
  }

  @Test
  protected final void IDN_09() {
    show("IDN-09");
  }

  @Test
  protected final void IDN_10() {
    show("IDN-10");
  }

  @Test
  protected final void IDN_11() {
    show("IDN-11");
  }

  @Test
  protected final void IDN_12() {
    show("IDN-12");
  }

  @Test
  protected final void IDN_13() {
    show("IDN-13");
  }

  @Test
  protected final void GRP_01() {
    show("GRP-01");
  }

  @Test
  protected final void GRP_02() {
    show("GRP-02");
  }

  @Test
  protected final void GRP_03() {
    show("GRP-03");
  }

  @Test
  protected final void GRP_04() {
    show("GRP-04");
  }

  @Test
  protected final void GRP_05() {
    show("GRP-05");
  }

  @Test
  protected final void GRP_06() {
    show("GRP-06");
  }

  @Test
  protected final void GRP_07() {
    show("GRP-07");
  }

  @Test
  protected final void GRP_08() {
    show("GRP-08");
  }

  @Test
  protected final void GRP_09() {
    show("GRP-09");
  }

  @Test
  protected final void GRP_10() {
    show("GRP-10");
  }

  @Test
  protected final void GRP_11() {
    show("GRP-11");
  }

  @Test
  protected final void GRP_12() {
    show("GRP-12");
  }

  @Test
  protected final void GRP_13() {
    show("GRP-13");
  }

  @Test
  protected final void GRP_14() {
    show("GRP-14");
  }

  @Test
  protected final void GRP_15() {
    show("GRP-15");
  }

  @Test
  protected final void GRP_16() {
    show("GRP-16");
  }

  @Test
  protected final void PRF_01() {
    show("PRF-01");
  }

  @Test
  protected final void PRF_02() {
    show("PRF-02");
  }

  @Test
  protected final void PRF_03() {
    show("PRF-03");
  }

  @Test
  protected final void PRF_04() {
    show("PRF-04");
  }

  @Test
  protected final void PRF_05() {
    show("PRF-05");
  }

  @Test
  protected final void PRF_06() {
    show("PRF-06");
  }

  @Test
  protected final void PRF_07() {
    show("PRF-07");
  }

  @Test
  protected final void PRF_08() {
    show("PRF-08");
  }

  @Test
  protected final void PRF_09() {
    show("PRF-09");
  }

  @Test
  protected final void PRF_10() {
    show("PRF-10");
  }

  @Test
  protected final void PRF_11() {
    show("PRF-11");
  }

  @Test
  protected final void PRF_12() {
    show("PRF-12");
  }

  @Test
  protected final void PRF_13() {
    show("PRF-13");
  }

  @Test
  protected final void PRF_14() {
    show("PRF-14");
  }

  @Test
  protected final void AUD_01() {
    show("AUD-01");
  }

  @Test
  protected final void AUD_02() {
    show("AUD-02");
  }

  @Test
  protected final void AUD_03() {
    show("AUD-03");
  }

  @Test
  protected final void AUD_04() {
    show("AUD-04");
  }

  @Test
  protected final void AUD_05() {
    show("AUD-05");
  }

  @Test
  protected final void AUD_06() {
    show("AUD-06");
  }

  @Test
  protected final void AUD_07() {
    show("AUD-07");
  }

  @Test
  protected final void AUD_08() {
    show("AUD-08");
  }

  @Test
  protected final void AUD_09() {
    show("AUD-09");
  }

  @Test
  protected final void OBX_01() {
    show("OBX-01");
  }

  @Test
  protected final void OBX_02() {
    show("OBX-02");
  }

  @Test
  protected final void OBX_03() {
    show("OBX-03");
  }

  @Test
  protected final void OBX_04() {
    show("OBX-04");
  }

  @Test
  protected final void OBX_05() {
    show("OBX-05");
  }

  @Test
  protected final void OBX_06() {
    show("OBX-06");
  }

  @Test
  protected final void OBX_07() {
    show("OBX-07");
  }

  @Test
  protected final void OBX_08() {
    show("OBX-08");
  }

  @Test
  protected final void OBX_09() {
    show("OBX-09");
  }

  @Test
  protected final void OBX_10() {
    show("OBX-10");
  }

  @Test
  protected final void OBX_11() {
    show("OBX-11");
  }

  @Test
  protected final void OBX_12() {
    show("OBX-12");
  }

  @Test
  protected final void TXN_01() {
    show("TXN-01");
  }

  @Test
  protected final void TXN_02() {
    show("TXN-02");
  }

  @Test
  protected final void TXN_03() {
    show("TXN-03");
  }

  @Test
  protected final void TXN_04() {
    show("TXN-04");
  }

  @Test
  protected final void TXN_05() {
    show("TXN-05");
  }

  @Test
  protected final void TXN_06() {
    show("TXN-06");
  }

  @Test
  protected final void TXN_07() {
    show("TXN-07");
  }

  @Test
  protected final void TXN_08() {
    show("TXN-08");
  }

  @Test
  protected final void TXN_09() {
    show("TXN-09");
  }

  @Test
  protected final void TXN_10() {
    show("TXN-10");
  }

  @Test
  protected final void TXN_11() {
    show("TXN-11");
  }

  @Test
  protected final void TXN_12() {
    show("TXN-12");
  }

  @Test
  protected final void TXN_14() {
    show("TXN-14");
  }

  @Test
  protected final void TXN_15() {
    show("TXN-15");
  }

  @Test
  protected final void TXN_16() {
    show("TXN-16");
  }

  @Test
  protected final void TXN_17() {
    show("TXN-17");
  }

  @Test
  protected final void TXN_18() {
    show("TXN-18");
  }

  @Test
  protected final void TXN_19() {
    show("TXN-19");
  }

  @Test
  protected final void TXN_20() {
    show("TXN-20");
  }

  @Test
  protected final void TXN_21() {
    show("TXN-21");
  }

  @Test
  protected final void TXN_22() {
    show("TXN-22");
  }

  @Test
  protected final void TXN_23() {
    show("TXN-23");
  }

  @Test
  protected final void TXN_24() {
    show("TXN-24");
  }

  @Test
  protected final void TXN_25() {
    show("TXN-25");
  }

  @Test
  protected final void TXN_26() {
    show("TXN-26");
  }

  @Test
  protected final void TXN_27() {
    show("TXN-27");
  }

  @Test
  protected final void ISO_01() {
    show("ISO-01");
  }

  @Test
  protected final void ISO_02() {
    show("ISO-02");
  }

  @Test
  protected final void ISO_03() {
    show("ISO-03");
  }

  @Test
  protected final void ISO_04() {
    show("ISO-04");
  }

  @Test
  protected final void ISO_05() {
    show("ISO-05");
  }

  @Test
  protected final void ISO_06() {
    show("ISO-06");
  }

  @Test
  protected final void ISO_07() {
    show("ISO-07");
  }

  @Test
  protected final void ISO_08() {
    show("ISO-08");
  }

  @Test
  protected final void ISO_09() {
    show("ISO-09");
  }

  @Test
  protected final void ISO_10() {
    show("ISO-10");
  }

  @Test
  protected final void ISO_11() {
    show("ISO-11");
  }

  @Test
  protected final void ISO_12() {
    show("ISO-12");
  }

  @Test
  protected final void ISO_13() {
    show("ISO-13");
  }

  @Test
  protected final void PAG_01() {
    show("PAG-01");
  }

  @Test
  protected final void PAG_02() {
    show("PAG-02");
  }

  @Test
  protected final void PAG_03() {
    show("PAG-03");
  }

  @Test
  protected final void PAG_04() {
    show("PAG-04");
  }

  @Test
  protected final void PAG_05() {
    show("PAG-05");
  }

  @Test
  protected final void PAG_06() {
    show("PAG-06");
  }

  @Test
  protected final void PAG_07() {
    show("PAG-07");
  }

  @Test
  protected final void PAG_08() {
    show("PAG-08");
  }

  @Test
  protected final void PAG_09() {
    show("PAG-09");
  }

  @Test
  protected final void PAG_10() {
    show("PAG-10");
  }

  @Test
  protected final void PAG_11() {
    show("PAG-11");
  }

  @Test
  protected final void PAG_12() {
    show("PAG-12");
  }

  @Test
  protected final void PAG_13() {
    show("PAG-13");
  }

  @Test
  protected final void PAG_14() {
    show("PAG-14");
  }

  @Test
  protected final void PAG_15() {
    show("PAG-15");
  }

  @Test
  protected final void TXT_01() {
    show("TXT-01");
  }

  @Test
  protected final void TXT_02() {
    show("TXT-02");
  }

  @Test
  protected final void TXT_03() {
    show("TXT-03");
  }

  @Test
  protected final void TXT_04() {
    show("TXT-04");
  }

  @Test
  protected final void TXT_05() {
    show("TXT-05");
  }

  @Test
  protected final void TXT_06() {
    show("TXT-06");
  }

  @Test
  protected final void TXT_07() {
    show("TXT-07");
  }

  @Test
  protected final void TXT_08() {
    show("TXT-08");
  }

  @Test
  protected final void DEL_01() {
    show("DEL-01");
  }

  @Test
  protected final void DEL_02() {
    show("DEL-02");
  }

  @Test
  protected final void DEL_03() {
    show("DEL-03");
  }

  @Test
  protected final void DEL_04() {
    show("DEL-04");
  }

  @Test
  protected final void DEL_05() {
    show("DEL-05");
  }

  @Test
  protected final void DEL_06() {
    show("DEL-06");
  }

  @Test
  protected final void DEL_07() {
    show("DEL-07");
  }

  @Test
  protected final void DEL_08() {
    show("DEL-08");
  }

  @Test
  protected final void DEL_09() {
    show("DEL-09");
  }

  @Test
  protected final void DEL_10() {
    show("DEL-10");
  }

  @Test
  protected final void DEL_11() {
    show("DEL-11");
  }

  @Test
  protected final void DEL_12() {
    show("DEL-12");
  }

  @Test
  protected final void DEL_13() {
    show("DEL-13");
  }

  @Test
  protected final void DEL_14() {
    show("DEL-14");
  }

  @Test
  protected final void CNT_01() {
    show("CNT-01");
  }

  @Test
  protected final void CNT_02() {
    show("CNT-02");
  }

  @Test
  protected final void CNT_03() {
    show("CNT-03");
  }

  @Test
  protected final void CNT_04() {
    show("CNT-04");
  }

  @Test
  protected final void CNT_05() {
    show("CNT-05");
  }

  @Test
  protected final void CNT_06() {
    show("CNT-06");
  }

  @Test
  protected final void CNT_07() {
    show("CNT-07");
  }

  @Test
  protected final void CNT_08() {
    show("CNT-08");
  }

  @Test
  protected final void ERR_01() {
    show("ERR-01");
  }

  @Test
  protected final void ERR_03() {
    show("ERR-03");
  }

  @Test
  protected final void ERR_04() {
    show("ERR-04");
  }

  @Test
  protected final void LIF_01() {
    show("LIF-01");
  }

  @Test
  protected final void LIF_02() {
    show("LIF-02");
  }

  @Test
  protected final void LIF_03() {
    show("LIF-03");
  }

  @Test
  protected final void LIF_04() {
    show("LIF-04");
  }

  @Test
  protected final void LIF_05() {
    show("LIF-05");
  }

  @Test
  protected final void LIF_06() {
    show("LIF-06");
  }

  @Test
  protected final void LIF_07() {
    show("LIF-07");
  }

  @Test
  protected final void LIF_08() {
    show("LIF-08");
  }

  @Test
  protected final void MOD_01() {
    show("MOD-01");
  }

  @Test
  protected final void MOD_02() {
    show("MOD-02");
  }

  @Test
  protected final void MIG_01() {
    show("MIG-01");
  }

  @Test
  protected final void MIG_02() {
    show("MIG-02");
  }

  @Test
  protected final void MIG_03() {
    show("MIG-03");
  }

  @Test
  protected final void MIG_04() {
    show("MIG-04");
  }

  @Test
  protected final void MIG_10() {
    show("MIG-10");
  }

  @Test
  protected final void MIG_11() {
    show("MIG-11");
  }

  @Test
  protected final void MIG_12() {
    show("MIG-12");
  }

  @Test
  protected final void MIG_13() {
    show("MIG-13");
  }
}
